import { CloseCode, ErrorCode } from '@supergraph/protocol';

/** Why we close a client's socket. */
export interface Closing {
  readonly code: CloseCode;
  /** For the client: at most 123 bytes, which is what a close frame can hold. */
  readonly reason: string;
  /** Names it in metrics. */
  readonly label: string;
  /** What the audit log calls it. Absent when nothing was refused. */
  readonly refused?: ErrorCode;
}

const { BAD_REQUEST, UNAUTHENTICATED, RATE_LIMITED } = ErrorCode;

const closing = (code: CloseCode, label: string, reason: string, refused?: ErrorCode): Closing => ({
  code,
  label,
  reason,
  ...(refused && { refused }),
});

/** Every reason there is. The codes are those of graphql-ws's `PROTOCOL.md`, which clients know how to treat. */
export const Closing = {
  idle: closing(CloseCode.NormalClosure, 'idle', 'Nothing was asked for a long time'),
  goingAway: closing(CloseCode.GoingAway, 'going_away', 'Going away'),
  invalidFrame: closing(CloseCode.ProtocolError, 'invalid_frame', 'Invalid frame', BAD_REQUEST),
  invalidText: closing(CloseCode.InvalidText, 'invalid_text', 'A text is not UTF-8', BAD_REQUEST),
  frameTooLarge: closing(CloseCode.MessageTooBig, 'frame_too_large', 'The message is too large', BAD_REQUEST),
  tooLargeBeforeAck: closing(CloseCode.MessageTooBig, 'init_too_large', 'The initialisation is too large', BAD_REQUEST),
  keysUnavailable: closing(CloseCode.TryAgainLater, 'keys_unavailable', 'Try again later'),
  invalidMessage: closing(CloseCode.InvalidMessage, 'invalid_message', 'Invalid message', BAD_REQUEST),
  binaryMessage: closing(CloseCode.InvalidMessage, 'binary_message', 'Messages are text', BAD_REQUEST),
  nestedTooDeep: closing(CloseCode.InvalidMessage, 'nested_too_deep', 'The message is nested too deep', BAD_REQUEST),
  idTooLong: closing(CloseCode.InvalidMessage, 'id_too_long', 'The id of an operation is too long', BAD_REQUEST),
  notForClients: closing(CloseCode.InvalidMessage, 'not_for_clients', 'Message is for servers to send', BAD_REQUEST),
  unauthorized: closing(CloseCode.Unauthorized, 'not_initialised', 'Unauthorized', UNAUTHENTICATED),
  forbidden: closing(CloseCode.Forbidden, 'token_refused', 'Forbidden', UNAUTHENTICATED),
  tokenExpired: closing(CloseCode.Forbidden, 'token_expired', 'The token has expired'),
  sessionEnded: closing(CloseCode.Forbidden, 'session_ended', 'The session has ended'),
  noSubprotocol: closing(CloseCode.SubprotocolNotAcceptable, 'subprotocol', 'Subprotocol not acceptable', BAD_REQUEST),
  initTimeout: closing(
    CloseCode.ConnectionInitialisationTimeout,
    'init_timeout',
    'Connection initialisation timeout',
    BAD_REQUEST,
  ),
  idInUse: closing(CloseCode.SubscriberAlreadyExists, 'id_in_use', 'Subscriber already exists', BAD_REQUEST),
  initTwice: closing(CloseCode.TooManyRequests, 'init_twice', 'Too many initialisation requests', BAD_REQUEST),
  tooManyOperations: closing(CloseCode.TooManyRequests, 'too_many_operations', 'Too many operations', RATE_LIMITED),
  tooManyMessages: closing(CloseCode.TooManyRequests, 'too_many_messages', 'Too many messages', RATE_LIMITED),
  tooManySockets: closing(CloseCode.TooManyRequests, 'too_many_sockets', 'Too many sockets', RATE_LIMITED),
  slowReader: closing(CloseCode.TooManyRequests, 'slow_reader', 'Events are not read fast enough', RATE_LIMITED),
  fault: closing(CloseCode.InternalServerError, 'fault', 'Internal server error'),
} as const satisfies Record<string, Closing>;
