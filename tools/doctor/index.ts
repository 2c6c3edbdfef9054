export { examine, reportText } from "./examine.ts";
export { quotasOf } from "./quotas.ts";
