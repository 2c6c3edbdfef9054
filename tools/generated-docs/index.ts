export { iamPage } from "./iam.ts";
export { protectionPage, protectionsOf } from "./protection.ts";
export { type Document, documents, writeDocuments } from "./write.ts";
