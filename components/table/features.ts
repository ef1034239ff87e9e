import {
  createColumnHelper,
  metaHelper,
  type RowData,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table'

/**
 * The layout of a column: the classes of its cells; `isHidden` shows its title only to screen readers; `isTitle` makes it
 * the title of a row's card on a phone, instead of the first column.
 */
type ColumnMeta = { className?: string; isHidden?: boolean; isTitle?: boolean }

/** The features of the tables; the server filters, sorts and pages. */
export const features = tableFeatures({ rowSortingFeature, rowSelectionFeature, columnMeta: metaHelper<ColumnMeta>() })
export type Features = typeof features

/** Returns the column helper for a row type. With `enableSorting`, the server sorts by the id of the column. */
export const columnsOf = <Row extends RowData>() => createColumnHelper<Features, Row>()
