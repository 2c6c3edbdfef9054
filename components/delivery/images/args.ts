import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../../base/core/index.ts";
import type { ImagesSettings } from "./settings.ts";

export interface ImagesArgs {
  readonly settings: ImagesSettings;
  /** Names of the image repositories. Fixed, because digests in stack files and pipelines contain them. */
  readonly repositories: readonly string[];
  readonly accountId: string;
  readonly region: string;
  readonly recoveryRegion: string;
  readonly removal: Removal;
  /** Encrypts the layers. Changing it replaces an image repository. */
  readonly keyArn: pulumi.Input<string>;
}
