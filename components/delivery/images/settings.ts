/** What an environment decides about container images. */
export interface ImagesSettings {
  /** Untagged images are removed after so many days; they are layers of builds that nobody promoted. */
  readonly untaggedDays: number;
  /** Tagged images kept per repository; a rollback goes no further back. */
  readonly keptImages: number;
  /** Whether every push is copied to the recovery region, so that a standby can start without the first one. */
  readonly replicated: boolean;
}
