/** A tab of GraphiQL. */
export interface GraphiQLTab {
  readonly query: string
  readonly variables?: string
}

const DAY_MS = 24 * 60 * 60 * 1000

/** The tabs that GraphiQL opens with. */
export function exampleTabs(now: Date): readonly GraphiQLTab[] {
  const weekAgo = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS - 7 * DAY_MS).toISOString()
  return [
    { query: NEWEST },
    { query: FAILED, variables: formatVariables({ since: weekAgo }) },
    { query: COUNTS, variables: formatVariables({ since: weekAgo }) },
    { query: PHONE, variables: formatVariables({ phone: '+33639989926' }) },
    { query: SEARCH, variables: formatVariables({ text: 'order' }) },
    { query: CHANGES },
    { query: ARCHIVE },
    { query: SOURCES },
    {
      query: RECONCILE,
      variables: formatVariables({ entries: [{ to: '+33639989926', text: 'Hello', at: weekAgo }] }),
    },
  ]
}

function formatVariables(variables: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(variables, null, 2)
}

const NEWEST = `# The newest messages of all sources in one list.
# Run it: the button on the right, or Ctrl-Enter.
#
# The next page: messages(first: 10, after: "…")
# with the endCursor of this answer.
#
# What there is: the documentation, at the top left,
# or Ctrl-Space while you write.
query NewestMessages {
  messages(first: 10) {
    nodes {
      sentAt
      direction
      status
      from
      to
      text
      source {
        label
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`

const FAILED = `# What failed in the last seven days, and why.
# The time is in the variables below.
#
# "sources" says what each source was asked, what was
# checked here instead, and what is out of reach.
query FailedThisWeek($since: DateTime!) {
  messages(
    first: 50
    filter: {
      status: { eq: FAILED }
      sentAt: { gte: $since }
    }
  ) {
    totalCount
    nodes {
      sentAt
      to
      text
      failure {
        code
        reason
      }
      source {
        key
      }
    }
    sources {
      source {
        key
      }
      outcome
      completeness
      reachesBackTo
      pushedDown
      evaluatedLocally
      upstreamRequests
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`

const COUNTS = `# How many messages of the last seven days have which
# status, day by day. The days are those of the time zone.
#
# Read "sources" before the figures: it says where
# messages are missing.
query CountsByDay($since: DateTime!) {
  messageCounts(
    filter: { sentAt: { gte: $since } }
    by: [DAY, STATUS]
    timeZone: "Europe/Berlin"
  ) {
    total
    groups {
      period
      status
      count
    }
    sources {
      source {
        key
      }
      completeness
      gaps {
        from
        to
      }
    }
  }
}
`

const PHONE = `# Everything to and from one phone number, whichever
# source it is in. Put a number into the variables
# below, with or without the plus sign.
query OnePhoneNumber($phone: String!) {
  messages(
    first: 50
    filter: { phone: { eq: $phone } }
    # A source that fails does not spoil the answer:
    # "sources" names it and says why.
    onSourceError: PARTIAL
  ) {
    nodes {
      id
      sentAt
      from
      to
      status
      type
      text
    }
    sources {
      source {
        key
      }
      outcome
      completeness
      error {
        code
        message
      }
    }
    # If a source is read live and cannot filter by number,
    # Waybill reads its list and filters. The page may end
    # early: continue with endCursor.
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`

const SEARCH = `# Messages whose text holds some words,
# letter case aside.
#
# "maxUpstreamRequests" bounds what the answer
# may cost at sources that are read live. When
# it is spent, the page ends early, and endCursor
# continues from there.
query Search($text: String!) {
  messages(
    first: 20
    search: $text
    maxUpstreamRequests: 20
  ) {
    nodes {
      id
      sentAt
      from
      to
      text
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`

const CHANGES = `# What was read or failed last, with the statuses
# that it was seen with before, oldest first.
#
# The archive follows a message even when it has left
# the upstream's list. A source that is read live has
# no history, and some cannot be sorted by changes:
# "sources" says which.
query LatestChanges {
  messages(
    first: 20
    filter: { status: { in: [READ, FAILED] } }
    sort: { field: UPDATED_AT }
    onSourceError: PARTIAL
  ) {
    nodes {
      sentAt
      to
      text
      status
      statusHistory {
        status
        observedAt
      }
      deletedAt
      source {
        key
      }
    }
    sources {
      source {
        key
      }
      completeness
      error {
        code
        message
      }
    }
  }
}
`

const ARCHIVE = `# What the archive holds of each source, when it last
# caught up, and what is missing.
#
# "coverage" is where the history is known to be
# complete; from 1970 on means from its very beginning.
# "gaps" is where messages are missing, or may be.
query WhatTheArchiveHolds {
  sources {
    key
    read
    archive {
      messageCount
      lastSyncedAt
      pollIntervalSeconds
      coverage {
        from
        to
      }
      gaps {
        from
        to
      }
      lastError {
        code
        message
      }
    }
  }
}
`

const SOURCES = `# The configured sources, and what each can do by itself
# where it is read: the upstream, or the archive. Waybill
# does the rest, so that every filter works everywhere.
query WhatEachSourceCanDo {
  sources {
    key
    label
    provider
    read
    capabilities {
      pagingKind
      pageLimit
      search
      totals
      sorts {
        field
        direction
      }
      filters {
        field
        domain
        values
        operators {
          operator
          exactness
        }
      }
    }
  }
}
`

const RECONCILE = `# Does a send log agree with the history?
# Its entries are in the variables below.
#
# CANNOT_TELL: the history proves nothing there,
# and "because" says why.
query DoesTheLogAgree($entries: [LogEntryInput!]!) {
  reconcile(entries: $entries) {
    agreement
    verdicts {
      verdict
      count
    }
    findings {
      entry
      verdict
      because
      message {
        sentAt
        status
        text
      }
    }
    sources {
      source {
        label
      }
      from
      to
      completeness
    }
  }
}
`
