// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/identitylist.h>

#include <algorithm>

#include <QtGui/qevent.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qscrollarea.h>

#include <base/text.h>
#include <sessions/identityrow.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int tallestList = 380; ///< px; more of them scroll
constexpr int leastList = 180;   ///< px, of as many: two of them are seen

/// As tall as its rows are now, at the width that it has: QScrollArea goes on with the first height it was
/// asked for.
class RowsArea : public QScrollArea
{
public:
    QSize sizeHint() const override
    {
        const QSize wanted = widget()->sizeHint();
        const int width = viewport()->width();
        return {wanted.width(),
                widget()->hasHeightForWidth() ? widget()->heightForWidth(width) : wanted.height()};
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (watched == widget() && event->type() == QEvent::LayoutRequest)
            updateGeometry();
        return QScrollArea::eventFilter(watched, event);
    }
    void resizeEvent(QResizeEvent* event) override
    {
        QScrollArea::resizeEvent(event);
        if (event->size().width() != event->oldSize().width())
            updateGeometry();
    }
};

} // namespace

IdentityList::IdentityList(QWidget* parent)
    : QWidget(parent),
      m_scroll(new RowsArea),
      m_page(new QWidget),
      m_column(new QVBoxLayout(m_page)),
      m_problem(plainLabel()),
      m_none(captionLabel(tr("Who the collection's requests are sent as, each with a login of its own."))),
      m_add(linkButton(tr("Add…"), QStringLiteral("addIdentity")))
{
    setNames(this, QStringLiteral("identityList"), tr("Identities of the collection"));
    setKind(m_page, "surface");
    m_column->setContentsMargins(0, space::small, 0, space::small);
    m_column->setSpacing(0);
    setKind(m_problem, "bad");
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(space::large, space::tiny, space::large, space::tiny);
    setNames(m_problem, QStringLiteral("identitiesProblem"), tr("Why the identities cannot be read"));
    m_none->setWordWrap(true);
    m_none->setObjectName(QStringLiteral("noIdentities"));
    m_none->setContentsMargins(space::large, 0, space::large, 0);
    m_column->addLayout(makeHead());
    m_column->addWidget(m_problem);
    m_column->addWidget(m_none);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_page);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_scroll);
    column->addWidget(new Hairline(Qt::Horizontal));
    setMaximumHeight(tallestList);
    connect(&m_timer, &QTimer::timeout, this, &IdentityList::tick);
    hide();
}

QLayout* IdentityList::makeHead()
{
    m_add->setAccessibleName(tr("Add an identity"));
    connect(m_add, &QPushButton::clicked, this, &IdentityList::addRequested);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(space::large, 0, space::large, 0);
    head->addWidget(sectionTitle(tr("Identities")));
    head->addStretch(1);
    head->addWidget(m_add);
    return head;
}

void IdentityList::setCanAdd(bool canAdd)
{
    m_canAdd = canAdd;
    showWhatThereIs();
}

/// What cannot be read is not to be written either.
void IdentityList::showWhatThereIs()
{
    const bool hasProblem = !m_problem->text().isEmpty();
    m_problem->setVisible(hasProblem);
    m_add->setVisible(m_canAdd && !hasProblem);
    m_none->setVisible(m_canAdd && !hasProblem && m_rows.empty());
    setVisible(hasProblem || m_canAdd || !m_rows.empty());
    m_scroll->setMinimumHeight(std::min(m_page->sizeHint().height(), leastList));
    m_scroll->updateGeometry();
}

/// As soon as it has its place.
void IdentityList::showRow(IdentityRow* row)
{
    QTimer::singleShot(0, row, [this, row] { m_scroll->ensureWidgetVisible(row); });
}

void IdentityList::setClock(std::function<Instant()> clock)
{
    m_clock = std::move(clock);
    tick();
}

IdentityRow* IdentityList::makeRow(const std::string& name)
{
    auto* row = new IdentityRow(name);
    connect(row, &IdentityRow::signInRequested, this, &IdentityList::signInRequested);
    connect(row, &IdentityRow::renewRequested, this, &IdentityList::renewRequested);
    connect(row, &IdentityRow::signOutRequested, this, &IdentityList::signOutRequested);
    connect(row, &IdentityRow::cancelRequested, this, &IdentityList::cancelRequested);
    connect(row, &IdentityRow::keepToggled, this, &IdentityList::keepToggled);
    connect(row, &IdentityRow::linkActivated, this, &IdentityList::linkActivated);
    connect(row, &IdentityRow::stepsRequested, this, &IdentityList::stepsRequested);
    connect(row, &IdentityRow::inspectRequested, this, &IdentityList::inspectRequested);
    connect(row, &IdentityRow::inspectIdTokenRequested, this, &IdentityList::inspectIdTokenRequested);
    connect(row, &IdentityRow::inspectRefreshTokenRequested, this,
            &IdentityList::inspectRefreshTokenRequested);
    connect(row, &IdentityRow::introspectRequested, this, &IdentityList::introspectRequested);
    connect(row, &IdentityRow::introspectSignedRequested, this, &IdentityList::introspectSignedRequested);
    connect(row, &IdentityRow::userinfoRequested, this, &IdentityList::userinfoRequested);
    connect(row, &IdentityRow::editRequested, this, &IdentityList::editRequested);
    connect(row, &IdentityRow::duplicateRequested, this, &IdentityList::duplicateRequested);
    connect(row, &IdentityRow::deleteRequested, this, &IdentityList::deleteRequested);
    m_column->addWidget(row);
    row->show(); // else it counts as no height yet
    return row;
}

/// Rows stay where the identities are the same ones: with a new row the keyboard would be elsewhere.
void IdentityList::matchRows(const std::vector<workbench::IdentityState>& states)
{
    const bool isSame =
        std::ranges::equal(m_rows, states, {}, &IdentityRow::name, &workbench::IdentityState::name);
    if (isSame)
        return;
    std::vector<std::string> before;
    for (IdentityRow* row : m_rows) {
        before.push_back(row->name());
        m_column->removeWidget(row);
        row->hide();
        row->deleteLater();
    }
    m_rows.clear();
    for (const workbench::IdentityState& state : states) {
        m_rows.push_back(makeRow(state.name));
        const bool isOneMore = !before.empty() && states.size() == before.size() + 1;
        if (isOneMore && std::ranges::find(before, state.name) == before.end())
            showRow(m_rows.back());
    }
}

void IdentityList::setStates(const std::vector<workbench::IdentityState>& states,
                             const std::optional<Error>& problem, bool hasKeychain)
{
    matchRows(states);
    bool counts = false;
    for (std::size_t i = 0; i < states.size(); ++i) {
        m_rows[i]->setState(states[i], hasKeychain, m_clock());
        counts = counts || (states[i].isSignedIn && states[i].ends);
    }
    m_problem->setText(problem ? toQString(visible(describe(*problem))) : QString());
    showWhatThereIs();
    if (counts && !m_timer.isActive())
        m_timer.start(std::chrono::seconds(1));
    if (!counts)
        m_timer.stop();
}

void IdentityList::tick()
{
    for (IdentityRow* row : m_rows)
        row->tick(m_clock());
}

} // namespace claimcheck::ui
