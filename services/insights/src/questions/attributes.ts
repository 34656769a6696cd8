import { attributesAsOf, type Question, sql } from '@pharos/warehouse';

export interface AttributeRow {
  readonly attribute: string;
  readonly protected: boolean;
  readonly values: readonly string[];
}

/** Attributes that learners have, with their values. An attribute is protected if any declaration of it says so. */
export function attributeList(): Question<AttributeRow> {
  return {
    name: 'attributeList',
    sql: sql`SELECT attribute, max(protected) AS is_protected, arraySort(groupUniqArray(value)) AS all_values FROM ${attributesAsOf()} GROUP BY attribute ORDER BY attribute`,
    answer: (row) => ({
      attribute: String(row.attribute),
      protected: Number(row.is_protected) === 1,
      values: row.all_values as readonly string[],
    }),
  };
}
