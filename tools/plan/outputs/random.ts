import type { OutputTable } from "./table.ts";

/** Not random: every run gives the same values. */
export const randomOutputs = {
  "random:index/randomId:RandomId": (r) => ({
    hex: r.hash,
    dec: String(Number.parseInt(r.hash, 16)),
    b64Url: Buffer.from(r.hash, "hex").toString("base64url"),
    b64Std: Buffer.from(r.hash, "hex").toString("base64"),
  }),
  // The provider uses the id "none" too.
  "random:index/randomPassword:RandomPassword": (r) => ({ id: "none", result: `planned-password-${r.hash}` }),
} satisfies OutputTable;
