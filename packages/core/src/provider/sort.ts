/** `createdAt`: when the upstream recorded the message. `updatedAt`: when it last changed it. */
export type MessageSortField = 'createdAt' | 'updatedAt'
export type SortDirection = 'asc' | 'desc'

export interface MessageSort {
  readonly field: MessageSortField
  readonly direction: SortDirection
}
