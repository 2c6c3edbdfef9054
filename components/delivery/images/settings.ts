import { flag, group, number, type Settings } from "../../base/core/settings.ts";

/** What an environment decides about container images. */
export const imagesSettings = group({
  /** Days until ECR removes untagged images, which are builds that were not promoted. */
  untaggedDays: number(),
  /** Number of tagged images per image repository. A rollback can use only these. */
  keptImages: number(),
  /** Whether every push is copied to the recovery region, so that a standby there does not need the first region. */
  replicated: flag(),
});

export type ImagesSettings = Settings<typeof imagesSettings>;
