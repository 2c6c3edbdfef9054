export { certificateAlarm } from "./alarms.ts";
export { createCertificate } from "./certificate.ts";
export { checkDomain } from "./check.ts";
