export { startGrpcServer } from "./server.ts";
