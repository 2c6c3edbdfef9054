import {
  type handleServerStreamingCall,
  type handleUnaryCall,
  type ServerWritableStream,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { taskService } from "@task-platform/contracts";

interface HealthRequest {
  readonly service: string;
}

interface HealthResponse {
  readonly status: "SERVING" | "NOT_SERVING" | "SERVICE_UNKNOWN";
}

/** Readiness itself asks no more often. */
const watchEveryMs = 1_000;

/** The whole server, and the one service that it has. */
const services: readonly string[] = ["", taskService.name];

/** The standard health service, open to everybody: it says what the readiness probe says, in one word. */
export function healthService(
  isReady: () => Promise<boolean>,
  stopped: AbortSignal,
): UntypedServiceImplementation {
  const statusOf = async (service: string): Promise<HealthResponse["status"]> => {
    if (!services.includes(service)) return "SERVICE_UNKNOWN";
    return (await isReady()) ? "SERVING" : "NOT_SERVING";
  };
  const check: handleUnaryCall<HealthRequest, HealthResponse> = (call, callback) => {
    statusOf(call.request.service).then(
      (answer) => {
        if (answer !== "SERVICE_UNKNOWN") return callback(null, { status: answer });
        callback({ code: status.NOT_FOUND, details: "the service is not known here" });
      },
      () => callback({ code: status.INTERNAL, details: "health is not known" }),
    );
  };
  const watch: handleServerStreamingCall<HealthRequest, HealthResponse> = (call) => {
    tellChanges(call, () => statusOf(call.request.service), stopped);
  };
  return { Check: check, Watch: watch };
}

/** Tells the status at once, and then whenever it is another, until the client or the server goes. */
function tellChanges(
  call: ServerWritableStream<HealthRequest, HealthResponse>,
  ask: () => Promise<HealthResponse["status"]>,
  stopped: AbortSignal,
): void {
  let told: HealthResponse["status"] | undefined;
  const look = async (): Promise<void> => {
    const now = await ask();
    if (now === told || call.cancelled || call.writableEnded) return;
    told = now;
    call.write({ status: now });
  };
  const stop = (): void => {
    clearInterval(timer);
    stopped.removeEventListener("abort", end);
  };
  const end = (): void => {
    stop();
    call.end();
  };
  const timer = setInterval(() => void look().catch(end), watchEveryMs);
  stopped.addEventListener("abort", end);
  call.on("cancelled", stop);
  void look().catch(end);
}
