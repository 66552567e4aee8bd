#!/usr/bin/python3
"""A mail server for tests, on loopback.

smtp_sink.py serve PORT MAILDIR [accept|refuse|silent|mute] [CERTIFICATE]
    accept   keeps mails
    refuse   no such mailbox (550)
    silent   takes connections and says nothing
    mute     keeps the mail and never says so
  PORT 0 takes a free one. With a CERTIFICATE (PEM, with its key) TLS comes first. Says on standard output
  "port N", and then "guest N" and "mail N" as they come.
smtp_sink.py read MAILDIR
  Prints the mails as one JSON array, each decoded: from, to, subject, text, id.
"""
import asyncio
import email
import email.policy
import json
import mailbox
import ssl
import sys

from aiosmtpd.smtp import SMTP


def say(what, number):
    print(what, number, flush=True)


class Sink:
    def __init__(self, maildir, manner):
        self.box = mailbox.Maildir(maildir)
        self.manner = manner
        self.guests = 0

    def greet(self):
        self.guests += 1
        say("guest", self.guests)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.manner == "refuse":
            return "550 5.1.1 no such mailbox " + address
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.box.add(envelope.content)
        say("mail", len(self.box))
        if self.manner == "mute":
            await asyncio.Event().wait()
        return "250 OK"


class Door(SMTP):
    def connection_made(self, transport):
        self.event_handler.greet()
        super().connection_made(transport)


class Silence(asyncio.Protocol):
    def __init__(self, sink):
        self.sink = sink

    def connection_made(self, transport):
        self.sink.greet()


async def serve(port, maildir, manner="accept", certificate=None):
    sink = Sink(maildir, manner)
    tls = None
    if certificate:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(certificate)
    loop = asyncio.get_running_loop()
    make = (lambda: Silence(sink)) if manner == "silent" else (lambda: Door(sink, hostname="sink", loop=loop))
    server = await loop.create_server(make, "127.0.0.1", int(port), ssl=tls)
    say("port", server.sockets[0].getsockname()[1])
    await asyncio.Event().wait()


def read(maildir):
    mails = []
    for raw in mailbox.Maildir(maildir):
        mail = email.message_from_bytes(raw.as_bytes(), policy=email.policy.default)
        mails.append({"from": str(mail["from"]), "to": str(mail["to"]), "subject": str(mail["subject"]),
                      "text": mail.get_content(), "id": str(mail["message-id"])})
    print(json.dumps(mails))


if sys.argv[1] == "serve":
    asyncio.run(serve(*sys.argv[2:]))
else:
    read(sys.argv[2])
