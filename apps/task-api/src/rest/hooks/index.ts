export { authenticate } from "./authenticate.ts";
export { correlate } from "./correlate.ts";
export { countRequests } from "./count-requests.ts";
export { limitRate } from "./limit-rate.ts";
export { secureHeaders, secureHeaderValues } from "./secure-headers.ts";
