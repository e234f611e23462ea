// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <audits/auditfields.h>

#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qformlayout.h>
#include <QtWidgets/qgridlayout.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qspinbox.h>

#include <algorithm>

#include <base/text.h>
#include <state/auditfamilies.h>
#include <theme/chevronbox.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int fastest = 100;
constexpr int politeRate = static_cast<int>(workbench::mostRemoteRate);

QLineEdit* auditEdit(const char* objectName, const QString& name, const QString& placeholder,
                     const QString& tip)
{
    auto* edit = new QLineEdit;
    setNames(edit, QLatin1String(objectName), name);
    edit->setPlaceholderText(placeholder);
    edit->setToolTip(tip);
    return edit;
}

} // namespace

AuditFields::AuditFields(QWidget* parent)
    : QWidget(parent),
      m_rows(new QFormLayout(this)),
      m_bypass(new QWidget),
      m_rate(new QSpinBox),
      m_canary(auditEdit("auditCanary", tr("Canary"), tr("none"),
                         tr("A text that every good answer holds, and no refusal"))),
      m_jwks(auditEdit("auditJwks", tr("Public keys"), tr("the key ring's"),
                       tr("The address of the issuer's key set (JWKS)"))),
      m_second(new ChevronBox),
      m_methods(wrapped(mutedLabel())),
      m_writes(new QCheckBox(tr("Send it all the same")))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setHorizontalSpacing(space::medium);
    m_rows->setVerticalSpacing(space::small);
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_rows->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    addFamilies();
    addMethods();
    addFields();
    connect(m_jwks, &QLineEdit::editingFinished, this, [this] {
        if (m_jwks->isModified()) {
            m_jwks->setModified(false);
            Q_EMIT materialChanged();
        }
    });
    connect(m_second, &QComboBox::activated, this, [this] { Q_EMIT materialChanged(); });
    setIdentities({});
    setRoutes({});
}

void AuditFields::addFamilies()
{
    for (const AuditFamily& family : auditFamilies()) {
        auto* box = new QCheckBox(family.title);
        setNames(box, QStringLiteral("auditFamily_") + toQString(audit::toText(family.family)), family.title);
        box->setAccessibleDescription(family.does);
        box->setToolTip(family.does);
        box->setChecked(true);
        connect(box, &QCheckBox::toggled, this, &AuditFields::familiesChanged);
        m_families.emplace_back(family.family, box);
        m_rows->addRow(box);
    }
}

/// With the other ways in, which they belong to.
void AuditFields::addMethods()
{
    auto* grid = new QGridLayout(m_bypass);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::medium);
    grid->setVerticalSpacing(space::small);
    const QString what = tr("Try without a token, too (may change data)");
    grid->addWidget(wrapped(mutedLabel(what)), 0, 0, 1, 2);
    for (const char* method : {"POST", "PUT", "PATCH", "DELETE"}) {
        auto* box = new QCheckBox(QLatin1String(method));
        setNames(box, QStringLiteral("auditMethod_") + QLatin1String(method), box->text());
        box->setAccessibleDescription(what);
        connect(box, &QCheckBox::toggled, this, &AuditFields::familiesChanged);
        const int at = static_cast<int>(m_bypasses.size());
        grid->addWidget(box, 1 + at / 2, at % 2);
        m_bypasses.push_back(box);
    }
    m_rows->addRow(m_bypass);
    for (const auto& [family, box] : m_families)
        if (family == audit::Family::Ways)
            connect(box, &QCheckBox::toggled, m_bypass, &QWidget::setEnabled);
}

void AuditFields::addFields()
{
    setNames(m_rate, QStringLiteral("auditRate"), tr("Requests a second"));
    m_rate->setButtonSymbols(QAbstractSpinBox::NoButtons);
    setNames(m_second, QStringLiteral("auditSecond"), tr("Another user"));
    m_second->setToolTip(tr("Whose token is tried in place of the good one"));
    m_second->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_methods->setObjectName(QStringLiteral("auditMethods"));
    setNames(m_writes, QStringLiteral("auditWrites"), m_writes->text());
    for (QWidget* field : std::initializer_list<QWidget*>{m_rate, m_canary, m_jwks, m_second}) {
        QLabel* label = mutedLabel(field->accessibleName());
        label->setBuddy(field);
        m_rows->addRow(label, field);
    }
    m_rows->addRow(m_methods);
    m_rows->addRow(m_writes);
}

std::set<audit::Family> AuditFields::families() const
{
    std::set<audit::Family> chosen;
    for (const auto& [family, box] : m_families)
        if (box->isChecked())
            chosen.insert(family);
    return chosen;
}

std::vector<std::string> AuditFields::methods() const
{
    std::vector<std::string> ticked;
    for (const QCheckBox* box : m_bypasses)
        if (box->isChecked() && families().contains(audit::Family::Ways))
            ticked.push_back(toUtf8(box->text()));
    return ticked;
}

/// What may be done to one route may not be done to another. None at all is the time between two plans.
void AuditFields::forgetMethods(const std::vector<workbench::PlannedRoute>& routes)
{
    std::set<std::string> planned;
    for (const workbench::PlannedRoute& route : routes)
        planned.insert(route.method + " " + route.url);
    if (planned.empty() || planned == m_routes)
        return;
    m_routes = std::move(planned);
    for (QCheckBox* box : m_bypasses)
        box->setChecked(false);
}

int AuditFields::rate() const
{
    return m_rate->value();
}

QString AuditFields::canary() const
{
    return m_canary->text();
}

QString AuditFields::jwksUrl() const
{
    return m_jwks->text().trimmed();
}

void AuditFields::setJwksUrl(const QString& url)
{
    m_jwks->setText(url);
    m_jwks->setCursorPosition(0); // the host says more than the end of the path
}

std::string AuditFields::secondIdentity() const
{
    return toUtf8(m_second->currentData().toString());
}

/// Who the good token is of is no other user.
void AuditFields::setIdentities(const SentAs& sentAs)
{
    const QVariant before = m_second->currentData();
    m_second->clear();
    m_second->addItem(tr("none"), QString());
    for (const std::string& name : sentAs.identities)
        if (name != sentAs.chosen)
            m_second->addItem(toQString(visible(name)), toQString(name));
    m_second->setCurrentIndex(std::max(0, m_second->findData(before)));
}

void AuditFields::setRoutes(const std::vector<workbench::PlannedRoute>& routes)
{
    forgetMethods(routes);
    bool isRemote = false;
    QStringList methods;
    m_writing.clear();
    for (std::size_t i = 0; i < routes.size(); ++i) {
        isRemote = isRemote || !routes[i].host.empty();
        if (audit::isHarmless(routes[i].method))
            continue;
        m_writing.insert(i);
        methods += toQString(visible(routes[i].method));
    }
    if (isRemote != m_isRemote || m_rate->maximum() != (isRemote ? politeRate : fastest)) {
        m_isRemote = isRemote;
        m_rate->setRange(isRemote ? 1 : 0, isRemote ? politeRate : fastest);
        m_rate->setSpecialValueText(isRemote ? QString() : tr("as fast as it goes"));
        m_rate->setValue(isRemote ? politeRate : 0);
    }
    methods.removeDuplicates();
    const QString words = tr("%1 may change data").arg(methods.join(u", "));
    if (m_methods->text() != words) // another method, another answer
        m_writes->setChecked(false);
    m_methods->setText(words);
    m_writes->setAccessibleDescription(words);
    for (QWidget* part : std::initializer_list<QWidget*>{m_methods, m_writes})
        part->setVisible(!m_writing.empty());
}

std::set<std::size_t> AuditFields::mayWrite() const
{
    return m_writes->isChecked() ? m_writing : std::set<std::size_t>();
}

} // namespace claimcheck::ui
