import { processSingleton } from "#lib/core/process-singleton.ts";

/** What runs beside the requests for as long as the process serves: each is stopped at the end, last started first. */
export interface BackgroundServices {
  add(service: { stop(): Promise<void> }): void;
  stopAll(): Promise<void>;
}

/** The background services of this process. */
export function backgroundServices(): BackgroundServices {
  return processSingleton("background-services", () => {
    const running: { stop(): Promise<void> }[] = [];
    return {
      add: (service) => void running.push(service),
      async stopAll() {
        for (let service = running.pop(); service !== undefined; service = running.pop())
          await service.stop();
      },
    };
  });
}
