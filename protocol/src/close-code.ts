/**
 * Why a socket was closed. 44xx are those of graphql-ws's `PROTOCOL.md`, which clients already know how to treat.
 */
export enum CloseCode {
  /** Nothing was wrong: the socket had nothing to do for a long time. Clients come back when they have. */
  NormalClosure = 1000,
  /** The server is going away; reconnecting at once is right. */
  GoingAway = 1001,
  /** A frame was not of the WebSocket protocol. */
  ProtocolError = 1002,
  /** A text was not UTF-8. */
  InvalidText = 1007,
  /** A frame was larger than the server takes. */
  MessageTooBig = 1009,
  /** What we need to judge the token is away; the token may be good. */
  TryAgainLater = 1013,
  /** A message was not of the protocol. */
  InvalidMessage = 4400,
  /** An operation came before `connection_ack`. */
  Unauthorized = 4401,
  /** The token is missing, expired or revoked, or its session is over; reconnecting with the same one is pointless. */
  Forbidden = 4403,
  SubprotocolNotAcceptable = 4406,
  ConnectionInitialisationTimeout = 4408,
  SubscriberAlreadyExists = 4409,
  /** A second `connection_init`, too many operations, messages or sockets, or a reader that does not keep up. */
  TooManyRequests = 4429,
  InternalServerError = 4500,
}
