// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "matrix.h"

#include <base/text.h>
#include <json/write.h>

#include "plan.h"
#include "rate.h"
#include "shown.h"

namespace claimcheck::audit {

namespace {

tl::unexpected<Error> refusedTask(const MatrixTask& task, const std::string& why, const std::string& fix)
{
    return failure(ErrorKind::Usage, "cannot test " + visible(task.name), why, fix);
}

std::vector<Secret> knownInCall(const MatrixCall& call, const std::vector<Secret>& secrets)
{
    return knownTexts(call.target, {}, secrets);
}

Result<void> checkCall(const MatrixTask& task, const MatrixCall& call, const MatrixSettings& settings)
{
    const http::Request& request = call.target.request;
    if (auto valid = http::validate(request); !valid)
        return valid;
    if (!isHarmless(request.method) && !settings.mayWrite)
        return refusedTask(task,
                           request.method + " may change something on the server, once for each identity",
                           "give --allow-writes when that is all right");
    const bool isHere = staysHere(request);
    if (!isHere && !settings.isConfirmed && !isAmong(settings.confirmedHosts, request))
        return refusedTask(
            task,
            "it is on another machine (" +
                visible(shownUrl(call.target, request.url, knownInCall(call, settings.secrets))) +
                "), and asking there for what one must not have is an attack",
            "give --yes when you may test it");
    return checkRate(settings.rate, isHere, "cannot test " + visible(task.name) + " at this rate");
}

} // namespace

Result<void> checkTask(const MatrixTask& task, const MatrixSettings& settings)
{
    if (task.calls.empty() || task.calls.front().identity != collection::anonymous)
        return failure(ErrorKind::Internal, "cannot test " + visible(task.name),
                       "the request without a token does not come first");
    if (task.calls.size() > mostRequests)
        return refusedTask(task,
                           "it would take " + std::to_string(task.calls.size()) + " requests; " +
                               std::to_string(mostRequests) + " are the most for one route",
                           "name fewer identities or fewer objects");
    for (const MatrixCall& call : task.calls)
        if (auto checked = checkCall(task, call, settings); !checked)
            return checked;
    return {};
}

std::size_t requestsOf(const std::vector<MatrixTask>& tasks)
{
    std::size_t requests = 0;
    for (const MatrixTask& task : tasks)
        requests += task.calls.size();
    return requests;
}

std::string matrixPlanText(const std::vector<MatrixTask>& tasks, const std::vector<Secret>& secrets)
{
    std::string text;
    for (const MatrixTask& task : tasks)
        for (const MatrixCall& call : task.calls) {
            const http::Request& request = call.target.request;
            text += visible(task.name + ": " + request.method + " " +
                            shownUrl(call.target, request.url, knownInCall(call, secrets))) +
                    " as " + visible(call.identity);
            if (!call.owner.empty())
                text += " with the object of " + visible(call.owner);
            if (call.isControl)
                text += ", for comparison";
            else if (call.expected)
                text += ", expected: " + toText(*call.expected);
            text += "\n";
        }
    return text;
}

std::string matrixPlanJson(const std::vector<MatrixTask>& tasks, const std::vector<Secret>& secrets)
{
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject().member("calls").beginArray();
    for (const MatrixTask& task : tasks)
        for (const MatrixCall& call : task.calls) {
            const http::Request& request = call.target.request;
            writer.beginObject().member("name").value(task.name).member("request");
            writer.value(request.method + " " +
                         shownUrl(call.target, request.url, knownInCall(call, secrets)));
            writer.member("identity").value(call.identity);
            if (!call.owner.empty())
                writer.member("owner").value(call.owner);
            if (call.expected && !call.isControl)
                writer.member("expected").value(toText(*call.expected));
            writer.member("comparison").value(call.isControl).endObject();
        }
    writer.endArray().member("requests").value(static_cast<std::int64_t>(requestsOf(tasks))).endObject();
    return writer.take() + "\n";
}

} // namespace claimcheck::audit
