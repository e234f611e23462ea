// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/sessionchip.h>

#include <algorithm>

#include <QtCore/qtimer.h>
#include <QtGui/qevent.h>
#include <QtGui/qpainter.h>
#include <QtWidgets/qmenu.h>

#include <base/text.h>
#include <sessions/drainbar.h>
#include <state/countdown.h>
#include <state/plaintip.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int barWidth = 64;
constexpr int barHeight = 4;
constexpr int dotSize = 8;
constexpr int longestName = 140;
constexpr auto warnBelow = std::chrono::seconds(60);

QString nameOf(const workbench::SessionState& state)
{
    return toQString(visible(state.name));
}

} // namespace

struct SessionChip::Private
{
    workbench::SessionState state;
    SentAs sentAs;
    bool canRenew = false;
    std::function<Instant()> clock = currentTime;
    QTimer timer;
    Instant since{}; ///< where the bar is full, when the token does not say when it was issued
    QString spoken;

    bool isSignedIn() const { return !state.name.empty(); }
    bool isExpired() const { return state.expiresAt && *state.expiresAt <= clock(); }
    Milliseconds rest() const { return state.expiresAt ? *state.expiresAt - clock() : Milliseconds(0); }
    /// 1: just issued, 0: over.
    double share() const;
    Role role() const;
    /// `exp` of its token, where it is no time; empty for every other one.
    std::string unreadableExpiry() const
    {
        return state.inspection ? state.inspection->unreadableExpiry : std::string();
    }
};

double SessionChip::Private::share() const
{
    const Instant start = state.issuedAt.value_or(since);
    const auto whole = *state.expiresAt - start;
    if (whole.count() <= 0)
        return 0;
    return std::clamp(static_cast<double>(rest().count()) / static_cast<double>(whole.count()), 0.0, 1.0);
}

Role SessionChip::Private::role() const
{
    if (!isSignedIn())
        return Role::Muted;
    if (isExpired())
        return Role::Bad;
    const bool isNear = state.expiresAt && rest() < warnBelow;
    return isNear || !unreadableExpiry().empty() ? Role::Warn : Role::Ok;
}

SessionChip::SessionChip(QWidget* parent) : QAbstractButton(parent), d(std::make_unique<Private>())
{
    setObjectName(QStringLiteral("sessionChip"));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, &SessionChip::activated);
    connect(&d->timer, &QTimer::timeout, this, &SessionChip::tick);
    setState({});
}

SessionChip::~SessionChip() = default;

void SessionChip::setClock(std::function<Instant()> clock)
{
    d->clock = std::move(clock);
    tick();
}

void SessionChip::setState(const workbench::SessionState& state)
{
    d->state = state;
    d->since = d->clock();
    if (state.expiresAt)
        d->timer.start(untilNextCount(state.expiresAt, d->since));
    else
        d->timer.stop();
    updateGeometry();
    tick();
}

void SessionChip::tick()
{
    // At the moment the figure changes, so that it agrees with the inspector's.
    d->timer.setInterval(untilNextCount(d->state.expiresAt, d->clock()));
    const QString name = d->isSignedIn() ? nameOf(d->state) : QString();
    const QString spoken = name.isEmpty() ? stateText() : tr("Session %1, %2").arg(name, stateText());
    if (spoken == d->spoken)
        return;
    d->spoken = spoken;
    setAccessibleName(spoken);
    QString tip = spoken;
    if (d->isSignedIn() && d->state.expiresAt)
        tip = tr("%1: expires %2").arg(name, toQString(formatFull(*d->state.expiresAt, d->clock())));
    else if (d->isSignedIn() && !d->unreadableExpiry().empty())
        tip = QString(spoken + QStringLiteral(": ") + toQString(visible(d->unreadableExpiry())));
    setToolTip(plainTip(tip));
    setAccessibleDescription(tip); // else the tip's markup would be read aloud
    updateGeometry();
    update();
}

QString SessionChip::stateText() const
{
    if (!d->isSignedIn())
        return tr("Not signed in");
    if (!d->unreadableExpiry().empty())
        return tr("exp cannot be read");
    if (!d->state.expiresAt)
        return tr("no expiry");
    return d->isExpired() ? tr("expired") : toQString(formatCountdown(d->rest()));
}

QSize SessionChip::sizeHint() const
{
    const int name = d->isSignedIn()
                         ? std::min(longestName, QFontMetrics(uiFont()).horizontalAdvance(nameOf(d->state)))
                         : -space::small;
    // The digits change every second; the chip must not.
    const QFont font = d->isSignedIn() ? monoFont() : uiFont();
    const int text = QFontMetrics(font).horizontalAdvance(
        d->isSignedIn() && d->state.expiresAt && !d->isExpired() ? QString(stateText().size(), u'0')
                                                                 : stateText());
    const int bar = d->isSignedIn() && d->state.expiresAt ? barWidth + space::small : 0;
    return {space::medium * 2 + dotSize + space::small * 2 + name + text + bar, space::row};
}

QSize SessionChip::minimumSizeHint() const
{
    return sizeHint();
}

void SessionChip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(colour(hasFocus() ? Role::Accent : underMouse() ? Role::Muted : Role::Line));
    painter.setBrush(colour(Role::Surface));
    painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2);
    QRectF rest = frame.adjusted(space::medium, 0, -space::medium, 0);
    const QRectF dot(rest.left(), rest.center().y() - dotSize / 2.0, dotSize, dotSize);
    painter.setBrush(d->isSignedIn() ? QBrush(colour(d->role())) : QBrush(Qt::NoBrush));
    painter.setPen(d->isSignedIn() ? QPen(Qt::NoPen) : QPen(colour(Role::Muted)));
    painter.drawEllipse(dot);
    rest.setLeft(dot.right() + space::small);
    const auto draw = [&](const QString& text, const QFont& font, Role role) {
        painter.setFont(font);
        painter.setPen(colour(role));
        // What is fitted in whole pixels may be half of one wider, and would be cut there.
        painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, text);
        rest.setLeft(rest.left() + QFontMetricsF(font).horizontalAdvance(text) + space::small);
    };
    if (!d->isSignedIn())
        return draw(stateText(), uiFont(), Role::Muted);
    draw(QFontMetrics(uiFont()).elidedText(nameOf(d->state), Qt::ElideRight, longestName), uiFont(),
         Role::Text);
    draw(stateText(), monoFont(), d->isExpired() ? Role::Bad : Role::Text);
    if (d->state.expiresAt) // up to the end: the digits may be fewer than when the chip was measured
        paintDrain(painter,
                   QRectF(rest.left(), frame.center().y() - barHeight / 2.0,
                          std::max(0.0, frame.right() - space::medium - rest.left()), barHeight),
                   d->share(), d->role());
}

void SessionChip::setSentAs(const SentAs& sentAs, bool canRenew)
{
    d->sentAs = sentAs;
    d->canRenew = canRenew;
}

QMenu* SessionChip::makeMenu()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("sessionMenu"));
    const auto choices = choicesOf(d->sentAs);
    if (!choices.empty())
        menu->addSection(tr("Send as"));
    for (const std::string& choice : choices) {
        QAction* action = menu->addAction(asLabel(choiceWords(d->sentAs, choice)), this,
                                          [this, choice] { Q_EMIT identityChosen(toQString(choice)); });
        action->setObjectName(QStringLiteral("sendAs"));
        action->setCheckable(true);
        action->setChecked(choice == d->sentAs.chosen);
    }
    if (!choices.empty())
        menu->addSeparator();
    menu->addAction(d->isSignedIn() ? tr("Show the session") : tr("Sign in"), this, &SessionChip::activated);
    if (d->isSignedIn())
        menu->addAction(ui::icon(QStringLiteral("key")), tr("Look into the token"), this,
                        &SessionChip::inspectRequested)
            ->setObjectName(QStringLiteral("inspectSession"));
    if (d->isSignedIn() && d->canRenew)
        menu->addAction(ui::icon(QStringLiteral("refresh")), tr("Renew"), this, &SessionChip::renewRequested)
            ->setObjectName(QStringLiteral("renewSession"));
    if (d->isSignedIn())
        menu->addAction(ui::icon(QStringLiteral("sign-out")), tr("Sign out"), this,
                        &SessionChip::signOutRequested)
            ->setObjectName(QStringLiteral("signOut"));
    return menu;
}

void SessionChip::contextMenuEvent(QContextMenuEvent* event)
{
    makeMenu()->popup(event->globalPos());
}

void SessionChip::changeEvent(QEvent* event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        updateGeometry();
        update();
    }
}

} // namespace claimcheck::ui
