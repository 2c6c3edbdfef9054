export {
  checkovFolder,
  checkovVersion,
  type Finding,
  findCheckov,
  judgeScan,
  readReport,
  type Scan,
  scan,
} from "./checkov.ts";
export { kubernetesFiles, type ManifestFile } from "./kubernetes.ts";
export { type Rendering, render, writeRendering } from "./render.ts";
export {
  findTerraform,
  type KindSchemas,
  planFromEmpty,
  pluginsVariable,
  providerSchemas,
  readSchemas,
  type Terraform,
  terraformConfiguration,
} from "./terraform/index.ts";
