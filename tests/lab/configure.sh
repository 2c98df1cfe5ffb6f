# SPDX-License-Identifier: GPL-3.0-or-later
#
# The part of `lab` that makes what the servers are started with: certificates, keys, configuration, zones,
# documents. Runs as process 1 of the lab, in /run/lab but for make_folders.
# Variables are those of lab, and so is `set -e`.
# shellcheck shell=sh disable=SC2154,SC2164

# Calls its arguments with number, domain, ports and names of each machine.
each_machine ()
{
  while read -r n domain ports names
  do
    case $n in
      ''|'#'*) ;;
      *) "$@" ;;
    esac
  done <"$here/etc/hosts.table"
}

answers_on ()
{
  case ,$ports, in
    *,"$1",*) true ;;
    *) false ;;
  esac
}

certify ()
{
  case $names in
    -) return ;;
    file:*) names=$(sed '/^#/d' "/run/lab/etc/${names#file:}" | paste -sd ,) ;;
  esac
  LAB_NAMES=DNS:$(printf %s "${names#expired:}" | sed 's/,/,DNS:/g')
  export LAB_NAMES
  subject=${names#expired:}
  subject=/CN=${subject%%,*}

  case $names in
    expired:*)
      openssl req -new -config "$conf" -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -subj "$subject" -keyout "$domain.key" -out "$domain.csr"
      : >dated.txt
      openssl ca -batch -notext -config "$conf" -extensions leaf -cert root.crt -keyfile root.key \
        -startdate 20240101000000Z -enddate 20250101000000Z -in "$domain.csr" -out "$domain.crt" ;;
    *)
      openssl req -x509 -config "$conf" -extensions leaf -CA root.crt -CAkey root.key -days 365 \
        -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
        -subj "$subject" -keyout "$domain.key" -out "$domain.crt" ;;
  esac

  # Key first: Postfix insists, the others do not mind.
  cat "$domain.key" "$domain.crt" >"$domain.pem"
}

make_certificates ()
{
  conf=/run/lab/etc/openssl.cnf
  umask 077
  cd /run/lab/tls
  LAB_NAMES=DNS:root openssl req -x509 -config "$conf" -extensions root -days 365 \
    -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
    -subj '/CN=Twolane lab root' -keyout root.key -out root.crt
  each_machine certify

  # The client's store: the bundle is for GnuTLS and curl, the hashed name for OpenSSL. The folder is
  # mounted in the client's namespace already.
  umask 022
  cat root.crt >/run/lab/store/ca-certificates.crt
  cat root.crt >/run/lab/store/twolane-lab-root.pem
  ln -s twolane-lab-root.pem "/run/lab/store/$(openssl x509 -in root.crt -noout -hash).0"
}

# Chains from the lab's own root down to a few mail domains; Knot signs, but a parent has to know its
# child's key before the start.
make_dns_keys ()
{
  conf=/run/lab/etc/knot.conf
  for zone in . test srv-only.test tlsa.test health-signed.test
  do
    keymgr -c "$conf" "$zone" generate algorithm=ecdsap256sha256 ksk=yes zsk=yes
  done
  keymgr -c "$conf" test ds >/run/lab/dns/test.ds
  for zone in srv-only.test tlsa.test health-signed.test
  do
    keymgr -c "$conf" "$zone" ds
  done >/run/lab/dns/signed.ds
  keymgr -c "$conf" . dnskey | sed 's/ DNSKEY/ 172800 IN DNSKEY/' >/run/lab/dns/root.key
  cat >/run/lab/dns/root.hints <<END
. 3600000 NS ns.test.
ns.test. 3600000 A 198.51.100.53
ns.test. 3600000 AAAA 2001:db8:100::53
END
}

add_addresses ()
{
  echo "address add 198.51.100.$n/32 dev lo"
  echo "address add 2001:db8:100::$n/128 dev lo nodad"
}

write_machine ()
{
  v4=198.51.100.$n
  v6=2001:db8:100::$n
  pem=/run/lab/tls/$domain.pem

  if answers_on 143; then imap="$imap $v4 $v6"; fi
  if answers_on 993; then imaps="$imaps $v4 $v6"; fi
  if answers_on 143 || answers_on 993
  then
    for address in "$v4" "$v6"
    do
      printf 'local %s {\n  ssl_cert = <%s\n  ssl_key = <%s\n}\n' "$address" "$pem" "$pem" \
        >>made/dovecot.conf
    done
  fi
  for port in 465 587
  do
    answers_on "$port" || continue
    case $port in
      465) wrapper=yes ;;
      587) wrapper=no ;;
    esac
    for address in "$v4" "[$v6]"
    do
      cat >>etc/master.cf <<END
$address:$port inet n - n - - smtpd
  -o myhostname=smtp.$domain -o smtpd_tls_wrappermode=$wrapper -o smtpd_tls_chain_files=$pem
END
    done
  done
  for port in 80 443 8443
  do
    answers_on "$port" || continue
    ssl=ssl
    [ "$port" != 80 ] || ssl=''
    cat >>made/nginx.conf <<END
server {
  listen $v4:$port $ssl;
  listen [$v6]:$port $ssl;
  ${ssl:+ssl_certificate $pem;}
  ${ssl:+ssl_certificate_key $pem;}
  access_log /run/lab/log/nginx-access.log lab;
  location / { proxy_pass http://unix:/run/lab/nginx/sites; }
}
END
  done
  if answers_on mute
  then
    for port in 143 993 465 587
    do
      mute="$mute $v4,$port $v6,$port"
    done
  fi
}

# Each domain of the lab is a zone of its own, answered for by the same server. Only the few that are
# named in knot.conf and in test.zone by hand are signed.
write_zones ()
{
  echo zone: >made/knot.conf
  for file in etc/zones/*.*.zone
  do
    zone=${file##*/}
    zone=${zone%.zone}
    case $zone in
      srv-only.test|tlsa.test|health-signed.test|bogus.test) ;;
      *) echo "  - domain: $zone" >>made/knot.conf ;;
    esac
    echo "$zone. NS ns.test." >>"made/delegations-${zone##*.}.inc"
    case $zone in
      *.test)
        write_user "ada@$zone" "$encoded"
        echo "$zone" >>made/mail-domains ;;
    esac
  done

  seq -f '_imaps._tcp SRV 0 1 993 imap-%03.0f' 500 >made/srv-many.inc
  seq -f '@ MX 10 mx-%03.0f.a-name-that-takes-up-room' 200 >made/truncated.inc
}

# USER PASSWORD, the latter in base 64, because it may hold what separates the fields.
write_user ()
{
  echo "$1:{PLAIN.b64}$2::::::" >>made/users
  echo "$1 $1" >>made/sender-login
  echo "$1 ${1#*@}/${1%@*}/Maildir/" >>made/mailboxes
}

write_configuration ()
{
  imap='' imaps='' mute=''
  umask 077
  : >made/users
  chown root:dovecot made/users
  chmod 640 made/users
  umask 022

  # Dovecot does not start without one that is for any address.
  printf 'ssl_cert = <%s\nssl_key = <%s\n' /run/lab/tls/srv-only.test.pem \
    /run/lab/tls/srv-only.test.pem >made/dovecot.conf
  each_machine write_machine
  encoded=$(printf %s "$password" | base64 -w 0)
  write_zones
  write_user odd@srv-only.test "$(printf %s "$odd_password" | base64 -w 0)"
  cat >>made/dovecot.conf <<END
service imap-login {
  inet_listener imap {
    address = $imap
    port = 143
  }
  inet_listener imaps {
    address = $imaps
    port = 993
    ssl = yes
  }
}
END

  # Postfix waits for a file that was written this second, lest somebody is still writing.
  touch -d '1 hour ago' etc/main.cf etc/master.cf made/*
}

# What documents.table says, and variants of it that an editor would mend without being asked.
make_documents ()
{
  (
    cd www
    sed '/^#/d' ../etc/documents.table | cut -d ' ' -f 1 | xargs -n 1 dirname | sort -u | xargs mkdir -p
    awk '
      FNR == NR { form = form $0 "\n"; next }
      /^#/ { next }
      {
        text = form
        gsub ("@domain@", $2, text)
        gsub ("@incoming@", $3, text)
        gsub ("@outgoing@", $4, text)
        if ($5)
          {
            gsub ("password-cleartext", "OAuth2", text)
            sub ("</emailProvider>\n", "&  <oAuth2>\n    <issuer>" $5 "</issuer>\n  </oAuth2>\n", text)
          }
        printf "%s", text >$1
        close ($1)
      }' ../etc/settings.xml ../etc/documents.table

    document=mail/config-v1.1.xml
    sed 's/UTF-8/UTF-16/' utf16.test/$document | iconv -f UTF-8 -t UTF-16 >odd
    mv odd utf16.test/$document
    sed 's/UTF-8/ISO-8859-1/; s/Mail at/Courrier à/' latin1.test/$document |
      iconv -f UTF-8 -t ISO-8859-1 >odd
    mv odd latin1.test/$document
    { printf '\357\273\277'; cat bom.test/$document; } >odd
    mv odd bom.test/$document
    # Right in every other way, and five million bytes long.
    { cat big.test/$document; echo '<!--'; head -c 5000000 /dev/zero | tr '\0' x; echo '-->'; } >odd
    mv odd big.test/$document
  )
}

make_folders ()
{
  cd "$dir/server"
  mkdir dns knot log made mail nginx postfix run tls unbound
  mkdir postfix/data postfix/queue
  for queue in active bounce corrupt defer deferred flush hold incoming private saved trace
  do
    mkdir -m 700 "postfix/queue/$queue"
  done
  mkdir -m 710 postfix/queue/public
  mkdir -m 730 postfix/queue/maildrop
  mkdir -m 755 postfix/queue/pid
  chown -R postfix:root postfix
  chown root:root postfix/queue postfix/queue/pid
  chown postfix:postdrop postfix/queue/public postfix/queue/maildrop
  chown unbound:unbound unbound
  chown knot:knot knot
  chown 5000:5000 mail
  # Knot and Unbound open theirs when they are no longer root.
  : >log/knot.log
  : >log/unbound.log
  chown knot log/knot.log
  chown unbound log/unbound.log
}
