// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "plan.h"

#include <algorithm>

#include <base/text.h>
#include <inspect/guess.h>
#include <json/write.h>

namespace claimcheck::audit {

namespace {

void addNotRun(Plan& plan, const Attack& attack, std::string_view why)
{
    Row row;
    row.attack = attack.id;
    row.why = why;
    plan.notRun.push_back(std::move(row));
}

std::size_t costOf(const std::vector<Forgery>& forgeries)
{
    std::size_t cost = 0;
    for (const Forgery& forgery : forgeries)
        cost += audit::costOf(forgery);
    return cost;
}

std::vector<Forgery>& listOf(Plan& plan, Stage stage)
{
    if (stage == Stage::Last)
        return plan.last;
    return stage == Stage::Control ? plan.controls : plan.forgeries;
}

void addAttack(Plan& plan, const Attack& attack, const Material& material)
{
    const Obstacle found = obstacle(attack, material);
    if (found.kind != ObstacleKind::None)
        return addNotRun(plan, attack, found.why);
    std::vector<Forgery> made = forge(attack, material);
    if (made.empty())
        return addNotRun(plan, attack, "cannot be made of this token");
    std::vector<Forgery>& list = listOf(plan, attack.stage);
    const std::size_t before = list.size();
    list.insert(list.end(), std::make_move_iterator(made.begin()), std::make_move_iterator(made.end()));
    if (plan.requests() <= mostRequests)
        return;
    list.resize(before);
    addNotRun(plan, attack, limitReached);
}

/// What gives leave, in the words of the command line.
std::string_view optionFor(Needs needs, std::string_view why)
{
    switch (needs) {
    case Needs::GoodInQuery:
        return " (--token-in-log allows that)";
    case Needs::Privileges:
    case Needs::SigningKeyAndPrivileges: // with that leave given, a key may still be missing
        return why.starts_with("needs leave") ? " (--ask-privileges gives it)" : "";
    case Needs::Redirect:
        return " (--open-redirect names it)";
    case Needs::PublicFile:
        return " (--public-file names it)";
    default:
        return {};
    }
}

bool isChosen(const Attack& attack, const std::vector<const Attack*>& chosen)
{
    return chosen.empty() || std::ranges::find(chosen, &attack) != chosen.end();
}

} // namespace

/// An answer to HEAD may have to be compared with the good token's, one to a form of JSON with that to a
/// token that proves nothing.
std::size_t costOf(const Forgery& forgery)
{
    return forgery.delivery.method == "HEAD" || !forgery.counterproof.isEmpty() ? 2 : 1;
}

std::size_t Plan::requests() const
{
    const std::size_t sent = controls.size() + costOf(forgeries);
    return 2 + sent + sent / checkEvery + 1 + last.size() * costOfLast;
}

Plan planFor(const Material& material, const std::vector<const Attack*>& chosen)
{
    Plan plan;
    for (const Attack& attack : attacks())
        if (attack.stage == Stage::Control || isChosen(attack, chosen))
            addAttack(plan, attack, material);
    return plan;
}

std::vector<Forgery> builtOn(const Material& material, const std::vector<const Attack*>& chosen)
{
    static constexpr Needs possible[] = {Needs::Taken, Needs::SigningKey, Needs::SigningKeyAndAudience,
                                         Needs::SigningKeyAndIssuer, Needs::SigningKeyAndPrivileges};
    std::vector<Forgery> all;
    for (const Attack& attack : attacks()) {
        if (std::ranges::find(possible, attack.needs) == std::end(possible) || !isChosen(attack, chosen))
            continue;
        for (Forgery& forgery : forge(attack, material)) {
            forgery.builtOn = material.taken->attack;
            all.push_back(std::move(forgery));
        }
    }
    return all;
}

namespace {

/// What would come of an attack.
struct Planned
{
    const Attack* attack = nullptr;
    std::size_t requests = 0;
    std::string why = {}; ///< it is not run, where there are none
};

std::vector<Planned> plannedIn(const Plan& plan)
{
    std::vector<Planned> all;
    for (const Attack& attack : attacks()) {
        Planned planned{.attack = &attack};
        for (const auto* list : {&plan.controls, &plan.forgeries, &plan.last})
            planned.requests += static_cast<std::size_t>(std::ranges::count_if(
                *list, [&](const Forgery& forgery) { return forgery.attack == attack.id; }));
        for (const Row& row : plan.notRun)
            if (row.attack == attack.id)
                planned.why =
                    row.why + std::string(row.why == limitReached ? std::string_view()
                                                                  : optionFor(attack.needs, row.why));
        if (planned.requests > 0 || !planned.why.empty())
            all.push_back(std::move(planned));
    }
    return all;
}

} // namespace

std::string planText(const Plan& plan, const std::string& route)
{
    std::string text = visible(route) + ": about " + std::to_string(plan.requests()) + " requests";
    if (plan.lateness.count() > 0)
        text += ", then up to " + formatDuration(static_cast<double>(plan.lateness.count())) +
                " for who asks our listener late";
    text += "\n";
    for (const Planned& planned : plannedIn(plan)) {
        std::string id(planned.attack->id);
        id.resize(std::max<std::size_t>(22, id.size()), ' ');
        text += "  " + id + " " +
                (planned.requests > 0
                     ? std::to_string(planned.requests) + "  " + std::string(planned.attack->does)
                     : "not run: " + planned.why) +
                "\n";
    }
    return text;
}

std::string planJson(const std::vector<Plan>& plans, const std::vector<std::string>& routes)
{
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject().member("routes").beginArray();
    std::size_t total = 0;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        total += plans[i].requests();
        writer.beginObject().member("request").value(routes[i]);
        writer.member("requests").value(static_cast<std::int64_t>(plans[i].requests()));
        writer.member("lateness").value(static_cast<std::int64_t>(plans[i].lateness.count()));
        writer.member("attacks").beginArray();
        for (const Planned& planned : plannedIn(plans[i])) {
            writer.beginObject().member("attack").value(planned.attack->id);
            writer.member("requests").value(static_cast<std::int64_t>(planned.requests));
            if (planned.requests == 0)
                writer.member("why").value(planned.why);
            writer.endObject();
        }
        writer.endArray().endObject();
    }
    writer.endArray().member("requests").value(static_cast<std::int64_t>(total)).endObject();
    return writer.take() + "\n";
}

std::optional<jose::Key> guessSecretOf(const jose::Jws& good, const std::vector<std::string>& words)
{
    std::string more;
    for (const std::string& word : words)
        more += word + "\n";
    const inspect::WordSource own = [more](std::string& out) mutable {
        out = std::exchange(more, {});
        return !out.empty();
    };
    const auto outcome = inspect::guessSecret(good, inspect::inTurn(inspect::publishedWords(), own));
    return outcome && outcome->secret ? std::optional(jose::secretKey(*outcome->secret)) : std::nullopt;
}

} // namespace claimcheck::audit
