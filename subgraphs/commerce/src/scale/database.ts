/** A connection of somebody who may do anything: the owner of the tables. */
export interface Database {
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<{ readonly rows: Row[] }>;
}
