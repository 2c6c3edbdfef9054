export type { ImagesArgs } from "./args.ts";
export { checkImagesSettings } from "./check.ts";
export { Images } from "./images.ts";
export type { ImagesSettings } from "./settings.ts";
