/** The reason with which a driver is stopped whose run shall go on elsewhere: nothing is written, nothing is over. */
export class HandOver extends Error {
  constructor() {
    super("The process stops; the run goes on in another.");
    this.name = "HandOver";
  }
}
