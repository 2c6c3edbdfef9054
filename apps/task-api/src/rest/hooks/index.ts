export { authenticate } from "./authenticate.ts";
export { correlate } from "./correlate.ts";
export { countRequests } from "./count-requests.ts";
export { limitRate } from "./limit-rate.ts";
export { secureHeaders } from "./secure-headers.ts";
