/** A report cannot be written to its end; the message says which and why. */
export class ReportLost extends Error {
  override readonly name = "ReportLost";
}
