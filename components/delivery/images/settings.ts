/** What an environment decides about container images. */
export interface ImagesSettings {
  /** Days until ECR removes untagged images, which are builds that were not promoted. */
  readonly untaggedDays: number;
  /** Number of tagged images per image repository. A rollback can use only these. */
  readonly keptImages: number;
  /** Whether every push is copied to the recovery region, so that a standby there does not need the first region. */
  readonly replicated: boolean;
}
