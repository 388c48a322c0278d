/** Version of everything that crosses a wire (Y14): a changed schema without a new number fails a test. */
export const WIRE_VERSION = 2;
/** The oldest wire version a workspace still speaks with. */
export const OLDEST_WIRE_VERSION = 2;
