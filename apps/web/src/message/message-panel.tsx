import { useQuery } from '@urql/preact'
import type { JSX } from 'preact'
import { show } from '../address/address.js'
import { OpenMessageDetailDocument, OpenMessageDocument } from '../api/operations.js'
import { describeFailure, readFailure } from '../parts/failure.js'
import { lazily } from '../parts/lazily.js'
import { Panel } from '../parts/panel.js'
import { ProblemNote } from '../parts/problem-note.js'
import { readableText } from '../parts/readable-text.js'
import { useProblem } from '../parts/use-problem.js'
import { texts } from '../texts/texts.js'
import { ContactName, StatusMark } from './marks.js'
import { Conversation } from './conversation.js'
import { EarlierTexts } from './earlier-texts.js'
import { Fields } from './fields.js'
import { LongText } from './long-text.js'
import './message.css'
import { Timeline } from './timeline-view.js'
import type { OpenMessage } from './timeline.js'

const Meaning = lazily(async () => (await import('./failure-meaning.js')).FailureMeaning)

/** One message: its way, its content, and the conversation around it. */
export function MessagePanel({ id }: { id: string }): JSX.Element {
  const [{ data, error, fetching }, repeat] = useQuery({ query: OpenMessageDocument, variables: { id } })
  const message = data?.message ?? null
  const problem = useProblem(message === null ? error : undefined)
  return (
    <Panel
      title={message === null ? texts.list.title : <Title message={message} />}
      close={() => show({ message: null })}
    >
      {fetching && message === null && <p role="status">{texts.list.loading}</p>}
      {problem !== null && (
        <ProblemNote
          problem={problem}
          // The id in the address is malformed.
          {...(problem.kind === 'input' && { title: texts.message.notFound })}
          retry={() => repeat({ requestPolicy: 'network-only' })}
        />
      )}
      {data !== undefined && message === null && <p>{texts.message.notFound}</p>}
      {message !== null && <Content message={message} />}
    </Panel>
  )
}

function Title({ message }: { message: OpenMessage }): JSX.Element {
  return (
    <>
      <ContactName message={message} /> <StatusMark status={message.status} />
    </>
  )
}

function Content({ message }: { message: OpenMessage }): JSX.Element {
  const variables = { id: message.id }
  // Apart, since it may cost a request to the source, which may fail.
  const [{ data }] = useQuery({ query: OpenMessageDetailDocument, variables })
  const detail = data?.message?.detail ?? null
  const reason = describeFailure(message.failure)
  const code = message.failure === null ? null : readFailure(message.failure).code
  return (
    <div class="message-view">
      {reason !== null && (
        <section>
          <h3>{texts.message.failure}</h3>
          <LongText text={reason} />
          {code !== null && <Meaning code={code} isTemplate={message.type === 'TEMPLATE'} />}
        </section>
      )}
      <section>
        <h3>{texts.message.timeline}</h3>
        <Timeline message={message} detail={detail} />
      </section>
      <section>
        <h3>{texts.message.text}</h3>
        {message.text === null ? (
          <p class="muted">{missingText(message)}</p>
        ) : (
          <LongText text={readableText(message.text)} />
        )}
      </section>
      <EarlierTexts id={message.id} />
      <Conversation message={message} />
      <section>
        <h3>{texts.message.detail}</h3>
        <Fields message={message} detail={detail} />
      </section>
      {message.raw !== null && (
        <details>
          <summary>{texts.message.raw}</summary>
          {message.text !== null && readableText(message.text) !== message.text && (
            <LongText text={message.text} isCode />
          )}
          <LongText text={JSON.stringify(message.raw, null, 2)} isCode />
        </details>
      )}
    </div>
  )
}

// Without access to contents even numbers are cut, which begin with this sign then.
function missingText({ raw, contact }: OpenMessage): string {
  return raw === null || contact?.id.startsWith('…') === true
    ? texts.message.hiddenText
    : texts.message.noText
}
