import type { AwsRequest, Expectation, Flow, Place } from "../types.ts";

export const https = 443;
export const kubelet = 10_250;

export function reach(
  what: string,
  from: Place,
  to: Place,
  port: number,
  more: {
    readonly protocol?: Flow["protocol"];
    readonly request?: AwsRequest;
    readonly outside?: string;
  } = {},
): Expectation {
  const { outside, protocol, request } = more;
  return {
    must: "reach",
    what,
    flow: {
      from,
      to,
      port,
      ask: "every",
      ...(protocol ? { protocol } : {}),
      ...(request ? { request } : {}),
    },
    ...(outside === undefined ? {} : { outside }),
  };
}
