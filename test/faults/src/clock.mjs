/**
 * Loaded into a service before its own code (NODE_OPTIONS=--import): its clock is wrong by FAULT_CLOCK_MS, in every thread.
 * Nothing of the service knows about it; what measures durations (`performance.now`, timers) goes as always.
 */
const offset = Number(process.env.FAULT_CLOCK_MS);
const { Date: RightDate } = globalThis;
const wrong = () => RightDate.now() + offset;

globalThis.Date = new Proxy(RightDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [wrong()] : args, newTarget),
  apply: () => new RightDate(wrong()).toString(),
  get: (target, name, receiver) => (name === 'now' ? wrong : Reflect.get(target, name, receiver)),
});
