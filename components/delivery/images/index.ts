export { checkImagesSettings, imagesProblems } from "./check-settings.ts";
export { Images, type ImagesArgs, lifecyclePolicy } from "./images.ts";
export type { ImagesSettings } from "./settings.ts";
