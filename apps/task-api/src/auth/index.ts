export { authorize, identify, requireScope, type Scope } from "./admit.ts";
export { type Caller, createTokenVerifier, type TokenVerifier } from "./token-verifier.ts";
