/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-cause.h"

G_DEFINE_ENUM_TYPE (TlCause, tl_cause,
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_RESET, "reset"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_TRUNCATED, "truncated"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_SERVER_CLOSED, "server-closed"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_NETWORK_LOST, "network-lost"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_PROTOCOL, "protocol"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_TOO_LONG, "too-long"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_LITERAL_LIMIT, "literal-limit"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_CANCELLED, "cancelled"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_TIMEOUT, "timeout"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_BAD_ADDRESS, "bad-address"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_BAD_HOST, "bad-host"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_BAD_PORT, "bad-port"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_NXDOMAIN, "nxdomain"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_NO_ADDRESS, "no-address"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_SERVFAIL, "servfail"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_DNSSEC_BOGUS, "dnssec-bogus"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_LOOP, "loop"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_PRIVATE_ADDRESS, "private-address"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_FILTERED, "filtered"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_UNREACHABLE, "unreachable"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_LOCAL_LIMIT, "local-limit"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_PORTS_BLOCKED, "ports-blocked"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_PROXY_ONLY, "proxy-only"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_BANNED, "banned"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_PLAINTEXT_PEER, "plaintext-peer"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_EXPIRED, "expired"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_NOT_YET_VALID, "not-yet-valid"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_HOSTNAME, "hostname"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_SELF_SIGNED, "self-signed"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_UNTRUSTED_ROOT, "untrusted-root"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_INCOMPLETE_CHAIN, "incomplete-chain"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_CHAIN_INVALID, "chain-invalid"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_NO_SAN, "no-san"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_PURPOSE, "purpose"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_REVOKED, "revoked"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_INTERCEPTED, "intercepted"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_CLIENT_CERT_REQUIRED, "client-cert-required"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_VERSION, "version"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_WEAK, "weak"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_OVERSIZED, "oversized"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_INCONSISTENT, "inconsistent"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_HANDSHAKE, "handshake"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_REJECTED, "rejected"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_BUSY, "busy"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_WRONG_SERVICE, "wrong-service"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_POP3_ONLY, "pop3-only"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_TLS_EXPECTED, "tls-expected"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_NOT_OFFERED, "not-offered"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_STRIPPED, "stripped"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_INJECTED, "injected"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_PREAUTH, "preauth"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_TLS_REQUIRED, "tls-required"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_LOGIN_DISABLED, "login-disabled"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_NO_COMMON_MECHANISM, "no-common-mechanism"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_OAUTH_ONLY, "oauth-only"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_MISSING_EXTENSION, "missing-extension"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_BAD_CREDENTIALS, "bad-credentials"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_APP_PASSWORD, "app-password"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_OAUTH_REQUIRED, "oauth-required"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_PROTOCOL_OFF, "protocol-off"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_WEB_LOGIN, "web-login"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_DISABLED, "disabled"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_TEMPORARY, "temporary"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_LOCKED, "locked"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_TOO_MANY_CONNECTIONS, "too-many-connections"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_THROTTLED, "throttled"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_TOKEN_REJECTED, "token-rejected"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_SCOPE_MISSING, "scope-missing"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_WRONG_ACCOUNT, "wrong-account"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_WRONG_SERVER, "wrong-server"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_ADDRESS_NOT_ALLOWED, "address-not-allowed"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_NOT_PROVEN, "not-proven"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_SERVER_NOT_PROVEN, "server-not-proven"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_SCRAM_LIMITS, "scram-limits"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_INBOX_MISSING, "inbox-missing"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_NO_PERMISSION, "no-permission"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_OVER_QUOTA, "over-quota"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_SENDER_REFUSED, "sender-refused"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_RELAY_DENIED, "relay-denied"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_RECIPIENT_REFUSED, "recipient-refused"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_RATE_LIMITED, "rate-limited"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_REPUTATION, "reputation"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_MESSAGE_REFUSED, "message-refused"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_ID_REQUIRED, "id-required"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_ROLE_MISSING, "role-missing"),
                    G_DEFINE_ENUM_VALUE (TL_CAUSE_IDLE_MISSING, "idle-missing"))

/**
 * tl_cause_get_nick:
 * @cause: a cause
 *
 * Returns: (transfer none): the stable word for files, tests and the terminal
 */
const char *
tl_cause_get_nick (TlCause cause)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_CAUSE);
  GEnumValue *value = g_enum_get_value (klass, (int) cause);

  g_return_val_if_fail (value != NULL, NULL);

  return value->value_nick;
}
