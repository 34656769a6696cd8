export { type Purpose, type TableHash, type TenantWarehouse, type Touched, type Warehouse, type WarehouseHome } from './warehouse.js';
export { WarehouseRefused, WarehouseUnavailable, type WarehouseWriter } from './warehouse.js';
export { type Question, type RawRow, type View } from './question.js';
export { bind, type Bound, date, join, literal, moment, nothing, render, type Rendered, sql, type Sql } from './sql.js';
export { type Row, type TableName, tableNames, tables } from './tables/tables.js';
