export { createPlatform, type Platform } from "./platform.ts";
export { createRecoveryKey, recoveryKeyAlias } from "./recovery-keys.ts";
