/**
 * What a caller may do.
 *
 * - `messages:read`: query messages, counts and sources.
 * - `messages:content`: see texts, raw objects, details, reasons of failures and whole numbers, and search and filter by them.
 * - `metrics:read`: read the metrics.
 */
export type Scope = 'messages:read' | 'messages:content' | 'metrics:read'

/** All scopes, in a fixed order. */
export const SCOPES: readonly Scope[] = ['messages:read', 'messages:content', 'metrics:read']
