export { createData, type Data } from "./data.ts";
