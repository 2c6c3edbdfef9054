import type * as pulumi from "@pulumi/pulumi";

/** Creation takes about 10 minutes, a new minor up to 40; the double of each, so that a slow day is not a failure. */
export const controlPlaneTimeouts: pulumi.CustomTimeouts = { create: "30m", update: "90m", delete: "30m" };

/** An update drains node by node and a disruption budget may hold each for 15 minutes. */
export const nodeGroupTimeouts: pulumi.CustomTimeouts = { create: "30m", update: "3h", delete: "1h" };

/** Add-ons roll out in about 2 minutes, and report "degraded" for a while before the first node is there. */
export const addonTimeouts: pulumi.CustomTimeouts = { create: "20m", update: "20m", delete: "20m" };
