import type { OutputTable } from "./table.ts";

/** Not random at all: the same on every run. */
export const randomOutputs = {
  "random:index/randomId:RandomId": (r) => ({
    hex: r.hash,
    dec: String(Number.parseInt(r.hash, 16)),
    b64Url: Buffer.from(r.hash, "hex").toString("base64url"),
    b64Std: Buffer.from(r.hash, "hex").toString("base64"),
  }),
  // The id of a real one is the word "none".
  "random:index/randomPassword:RandomPassword": (r) => ({ id: "none", result: `planned-password-${r.hash}` }),
} satisfies OutputTable;
