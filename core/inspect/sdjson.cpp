// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sdjson.h"

namespace claimcheck::inspect {

using json::Writer;

static void writeDocument(Writer& writer, const char* name, const std::optional<json::Document>& document)
{
    writer.member(name);
    if (document) // a line of a batch must stay one line
        writer.raw(json::format(document->root(), json::Layout::Compact));
    else
        writer.null();
}

static void writeDisclosure(Writer& writer, const jose::Disclosure& disclosure)
{
    writer.beginObject();
    writer.member("path").value(disclosure.path);
    writer.member("name");
    if (disclosure.name)
        writer.value(*disclosure.name);
    else
        writer.null();
    const auto value = json::parse(disclosure.value); // empty where the disclosure could not be read
    writeDocument(writer, "value", value ? std::optional(*value) : std::nullopt);
    writer.member("digest").value(disclosure.digest);
    writer.member("offset").value(static_cast<std::int64_t>(disclosure.offset));
    writer.endObject();
}

void writeSdJwt(Writer& writer, const jose::SdJwt& sd)
{
    writer.member("sd_jwt").beginObject();
    writer.member("hash").value(sd.hash);
    writer.member("disclosures").beginArray();
    for (const jose::Disclosure& disclosure : sd.disclosures)
        writeDisclosure(writer, disclosure);
    writer.endArray();
    writer.member("undisclosed").value(static_cast<std::int64_t>(sd.undisclosed));
    writer.member("faults").beginArray();
    for (const jose::SdFault& fault : sd.faults)
        writer.value(fault.what);
    writer.endArray();
    if (sd.keyBinding) {
        writer.member("key_binding").beginObject();
        writeDocument(writer, "header", sd.keyBinding->headerJson);
        writeDocument(writer, "claims", sd.keyBinding->payloadJson);
        writer.endObject();
    } else {
        writer.member("key_binding").null();
    }
    writer.endObject();
}

} // namespace claimcheck::inspect
