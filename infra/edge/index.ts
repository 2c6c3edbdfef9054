export { createEdge } from "./edge.ts";
