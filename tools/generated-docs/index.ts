export { iamDocument } from "./iam.ts";
export { protectionDocument } from "./protection.ts";
export { generatedDocuments } from "./write.ts";
