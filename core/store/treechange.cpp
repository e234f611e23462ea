// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/treechange.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include <unistd.h>

#include <base/text.h>
#include <store/files.h>
#include <store/opencollection.h>
#include <store/transfer.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> changedMeanwhile(const std::string& path, const std::string& what)
{
    return failure(ErrorKind::Refused, what, visible(path) + " was changed by another program since",
                   "look at the file as it is now; nothing was changed");
}

Result<void> checkBefore(const Step& step, const std::string& what)
{
    std::error_code error;
    const fs::file_type type = fs::symlink_status(step.path, error).type();
    if (type == fs::file_type::none)
        return systemError(error.value(), what);
    const bool isThere = type != fs::file_type::not_found;
    if (isThere != step.before.has_value())
        return failure(ErrorKind::Refused, what,
                       visible(step.path) + (isThere ? " is there already" : " is not there any more"),
                       "look at the tree as it is now");
    if (!isThere)
        return {};
    const Result<std::string> text = readFile(step.path, StoreLimits().bytes);
    if (!text)
        return tl::unexpected(text.error());
    return *text == *step.before ? Result<void>() : changedMeanwhile(step.path, what);
}

Result<void> rewrite(const Step& step, const std::string& what)
{
    if (auto fits = checkBefore(step, what); !fits)
        return fits;
    if (step.after && step.before)
        return writeFileAtomically(step.path, *step.after, Privacy::Shared);
    if (step.after)
        return writeNewFile(step.path, *step.after, step.privacy);
    return ::unlink(step.path.c_str()) == 0 ? Result<void>() : systemError(errno, what);
}

Result<void> take(const Step& step, const std::string& what)
{
    const Result<std::string> seal = sealOf(step.path, what);
    if (!seal)
        return tl::unexpected(seal.error());
    return *seal == step.seal ? moveTo(step.path, step.other, what) : changedMeanwhile(step.path, what);
}

Result<void> run(const Step& step, const std::string& what)
{
    switch (step.kind) {
    case Step::Kind::Rewrite:
        return rewrite(step, what);
    case Step::Kind::Move:
        return moveTo(step.path, step.other, what);
    case Step::Kind::Put:
        return moveTo(step.other, step.path, what);
    case Step::Kind::Take:
        break;
    }
    return take(step, what);
}

Step inverse(Step step)
{
    switch (step.kind) {
    case Step::Kind::Rewrite:
        std::swap(step.before, step.after);
        break;
    case Step::Kind::Move:
        std::swap(step.path, step.other);
        break;
    case Step::Kind::Put:
        step.kind = Step::Kind::Take;
        break;
    case Step::Kind::Take:
        step.kind = Step::Kind::Put;
        break;
    }
    return step;
}

} // namespace

Result<void> apply(const Change& change)
{
    for (std::size_t i = 0; i < change.steps.size(); ++i) {
        auto done = run(change.steps[i], change.what);
        if (done)
            continue;
        while (i > 0)
            if (const auto back = run(inverse(change.steps[--i]), change.what); !back)
                return failure(ErrorKind::Internal, change.what,
                               done.error().why +
                                   "; and a step before could not be taken back: " + back.error().why,
                               "look at " + visible(change.steps[i].path));
        return done;
    }
    return {};
}

Change inverse(Change change)
{
    std::reverse(change.steps.begin(), change.steps.end());
    for (Step& step : change.steps)
        step = inverse(std::move(step));
    for (auto& [from, to] : change.moves)
        std::swap(from, to);
    std::reverse(change.moves.begin(), change.moves.end());
    std::swap(change.shown, change.before);
    return change;
}

std::string moved(const Moves& moves, const std::string& path)
{
    for (const auto& [from, to] : moves) {
        if (path == from)
            return to;
        if (!from.empty() && path.size() > from.size() && path[from.size()] == '/' && path.starts_with(from))
            return to + path.substr(from.size());
    }
    return path;
}

} // namespace claimcheck::store
