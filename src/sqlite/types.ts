/** A value in a row or bound to a parameter. Booleans are 0 or 1; bind them so. */
export type SqlValue = string | number | bigint | Uint8Array | null;
/** What fills the `?` of a statement: single values, an array of them, or an object for `@name`. */
export type SqlParam = SqlValue | readonly SqlValue[] | Readonly<Record<string, SqlValue>>;
export type SqlParams = readonly SqlParam[];

export interface RunResult {
  /** Rows written by the statement itself, triggers not counted. */
  readonly changes: number;
  readonly lastInsertRowid: number | bigint;
}

/** A prepared question. While an `iterate` over it is unfinished the same text cannot run again: it throws. */
export interface Query<Row, Params extends SqlParams = SqlParams> {
  get(...params: Params): Row | undefined;
  all(...params: Params): Row[];
  iterate(...params: Params): IterableIterator<Row>;
}

/** A prepared statement that may write. `RETURNING` is read with `get` or `all`. */
export interface Statement<Row, Params extends SqlParams = SqlParams> extends Query<Row, Params> {
  run(...params: Params): RunResult;
}

/**
 * A database that a query may read. Statements are kept by their text (1.4 µs against 19 µs a key lookup), so `prepare`
 * in a function body is cheap: a map lookup. The row type is the caller's word for what the columns are.
 */
export interface ReadableDb {
  /** Rows as objects by column name. */
  prepare<Row, Params extends SqlParams = SqlParams>(sql: string): Query<Row, Params>;
  /** Rows as arrays in column order: for bulk. */
  prepareRaw<Row extends readonly SqlValue[], Params extends SqlParams = SqlParams>(
    sql: string,
  ): Query<Row, Params>;
  /** The first column alone. */
  preparePluck<Value extends SqlValue, Params extends SqlParams = SqlParams>(
    sql: string,
  ): Query<Value, Params>;
  /** The first row, or undefined. */
  get<Row>(sql: string, ...params: SqlParams): Row | undefined;
  /** Every row. Bind a LIMIT. */
  all<Row>(sql: string, ...params: SqlParams): Row[];
  /** The first column of the first row, or undefined. */
  pluck<Value extends SqlValue>(sql: string, ...params: SqlParams): Value | undefined;
  /**
   * Runs `read` on one unchanging state of the database (a deferred transaction); within a transaction it just runs.
   * Same rules for `read` as for `WritableDb.transaction`.
   */
  snapshot<T>(read: () => T): T;
  readonly inTransaction: boolean;
}

/** A database that may be written. Only stores hold this type; queries take `ReadableDb`. */
export interface WritableDb extends ReadableDb {
  prepare<Row = never, Params extends SqlParams = SqlParams>(sql: string): Statement<Row, Params>;
  run(sql: string, ...params: SqlParams): RunResult;
  /** Runs one or many statements without parameters: schemas, pragmas. */
  exec(sql: string): void;
  /**
   * Runs `write` in one IMMEDIATE transaction and commits what it wrote; throws on what `write` throws, with nothing
   * written. A returned `Result` error is a value like any other and commits (Y4: a refusal advances the counter).
   * Within a transaction it is a savepoint: a throw takes back this part alone. `write` is synchronous: a promise (or
   * anything with `then`) is refused, rolled back and thrown about, since its rest would run outside the transaction.
   */
  transaction<T>(write: () => T): T;
}

/** An open database file. */
export interface Database extends WritableDb {
  /** The file's path, or `:memory:`. */
  readonly path: string;
  readonly isOpen: boolean;
  /** Copies the write-ahead log into the file and empties it where no reader is in the way. */
  checkpoint(): void;
  /** Closes; again does nothing. */
  close(): void;
}
