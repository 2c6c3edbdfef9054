import {
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";

/** A gRPC service on the loopback address. */
export interface Listener {
  readonly port: number;
  readonly stop: () => void;
}

/** A state of a stack is larger than the 4 MB that gRPC allows. */
const unlimited = -1;

/** Serves one service on a free port. Methods that it has not answer "unimplemented". */
export function serve(
  service: unknown,
  implementation: Readonly<Record<string, unknown>>,
): Promise<Listener> {
  const server = new Server({
    "grpc.max_receive_message_length": unlimited,
    "grpc.max_send_message_length": unlimited,
  });
  server.addService(service as ServiceDefinition, implementation as UntypedServiceImplementation);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve({ port, stop: () => server.forceShutdown() });
    });
  });
}

/** Answers a unary call by an async function. */
export function unary<Request, Response>(answer: (request: Request) => Response | Promise<Response>) {
  return (call: { request: Request }, respond: (error: Error | null, response?: Response) => void): void => {
    Promise.resolve()
      .then(() => answer(call.request))
      .then(
        (response) => respond(null, response),
        (error: unknown) => respond(error instanceof Error ? error : new Error(String(error))),
      );
  };
}
