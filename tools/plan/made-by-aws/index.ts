export { madeByAws } from "./made-by-aws.ts";
