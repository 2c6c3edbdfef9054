export { authentication, type Scope } from "./authenticate.ts";
export { type Caller, createTokenVerifier, type TokenVerifier } from "./token-verifier.ts";
