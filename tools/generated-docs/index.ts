export { iamDocument } from "./iam.ts";
export { protectionDocument, protectionsOf } from "./protection.ts";
export { type GeneratedDocument, generatedDocuments, writeDocuments } from "./write.ts";
