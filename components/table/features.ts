import {
  createColumnHelper,
  metaHelper,
  type RowData,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table'

/** How a column looks: the classes of its cells; `isHidden` leaves its title to screen readers. */
type Look = { className?: string; isHidden?: boolean }

/** What our tables can do; the server filters, sorts and pages. */
export const features = tableFeatures({ rowSortingFeature, rowSelectionFeature, columnMeta: metaHelper<Look>() })
export type Features = typeof features

/** Makes columns of a table of such rows. A column's id is what the server sorts by, where `enableSorting` is set. */
export const columnsOf = <Row extends RowData>() => createColumnHelper<Features, Row>()
