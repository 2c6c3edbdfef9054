import type * as pulumi from "@pulumi/pulumi";
import type { PlatformNames } from "./sections.ts";

export interface DashboardArgs {
  /** Fixed name, because people bookmark the dashboard. */
  readonly dashboardName: string;
  readonly region: string;
  /** As in `PlatformNames`. Names that AWS generates are known after creation. */
  readonly names: { readonly [K in keyof PlatformNames]: pulumi.Input<PlatformNames[K]> };
}
