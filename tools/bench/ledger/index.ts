export { keepLedger } from "./ledger.ts";
