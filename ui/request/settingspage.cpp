// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/settingspage.h>

#include <QtGui/qvalidator.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qformlayout.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <request/connectionbox.h>
#include <state/detailsform.h>
#include <state/runform.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

#include <algorithm>
#include <utility>

namespace claimcheck::ui {
namespace {

constexpr int numberWidth = 168;
constexpr int longestTimeout = 86'400'000; ///< a day, in ms
constexpr int mostRedirects = 1000;

QComboBox* truthBox(const QString& objectName, const QString& title)
{
    auto* box = new ChevronBox;
    setNames(box, objectName, title);
    letShrink(box);
    box->addItems({QString(), QObject::tr("Yes"), QObject::tr("No")});
    return box;
}

QLineEdit* numberEdit(const QString& objectName, const QString& title, int most)
{
    auto* edit = new QLineEdit;
    setNames(edit, objectName, title);
    edit->setValidator(new QIntValidator(0, most, edit));
    edit->setFixedWidth(numberWidth);
    return edit;
}

void put(QComboBox* box, const std::optional<bool>& value)
{
    box->setCurrentIndex(!value ? 0 : *value ? 1 : 2);
}

/// What counts where nothing is said, and what somebody reads who cannot know that.
void sayAround(QComboBox* box, const std::optional<ConnectionPlace>& place, bool value)
{
    const QString word = value ? QObject::tr("Yes") : QObject::tr("No");
    box->setItemText(0, place ? saidAround(*place, word) : QObject::tr("As the folder says"));
}

void sayAround(QLineEdit* edit, const std::optional<ConnectionPlace>& place, std::int64_t value)
{
    const bool isCollection = place && place->path.empty();
    edit->setPlaceholderText(!place         ? QObject::tr("As the folder")
                             : isCollection ? QString::number(value)
                                            : QObject::tr("As the folder: %1").arg(value));
}

std::optional<bool> truthOf(const QComboBox* box)
{
    return box->currentIndex() <= 0 ? std::nullopt : std::optional(box->currentIndex() == 1);
}

void put(QLineEdit* edit, const std::optional<std::int64_t>& value)
{
    const QString text = value ? QString::number(*value) : QString();
    if (edit->text() != text)
        edit->setText(text);
}

std::optional<std::int64_t> numberOf(const QLineEdit* edit)
{
    bool isNumber = false;
    const qint64 number = edit->text().toLongLong(&isNumber);
    return isNumber ? std::optional<std::int64_t>(number) : std::nullopt;
}

QString joinedTags(const std::vector<std::string>& tags)
{
    QStringList words;
    for (const std::string& tag : tags)
        words.push_back(toQString(tag));
    return words.join(QStringLiteral(", "));
}

QFormLayout* makeForm(QWidget* around)
{
    auto* form = new QFormLayout(around);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(space::large);
    form->setVerticalSpacing(space::small);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    return form;
}

} // namespace

void alignLabels(QWidget* around)
{
    QWidgetList labels;
    int width = 0;
    for (const QFormLayout* form : around->findChildren<QFormLayout*>())
        for (int row = 0; row < form->rowCount(); ++row)
            if (const QLayoutItem* item = form->itemAt(row, QFormLayout::LabelRole)) {
                labels.push_back(item->widget());
                width = std::max(width, labels.back()->sizeHint().width());
            }
    for (QWidget* label : std::as_const(labels))
        label->setMinimumWidth(width);
}

SettingsBox::SettingsBox(QWidget* parent)
    : QWidget(parent),
      m_timeout(numberEdit(QStringLiteral("settingTimeout"), tr("Time-out in milliseconds"), longestTimeout)),
      m_follow(truthBox(QStringLiteral("settingFollow"), tr("Follow redirects"))),
      m_maximum(numberEdit(QStringLiteral("settingMaximum"), tr("At most so many redirects"), mostRedirects)),
      m_encode(truthBox(QStringLiteral("settingEncode"), tr("Encode the query")))
{
    QFormLayout* form = makeForm(this);
    form->addRow(tr("Time-out (ms, 0: none)"), m_timeout);
    form->addRow(tr("Follow redirects"), m_follow);
    form->addRow(tr("Redirects at most"), m_maximum);
    form->addRow(tr("Encode the query"), m_encode);
    for (QLineEdit* edit : {m_timeout, m_maximum})
        connect(edit, &QLineEdit::textEdited, this, &SettingsBox::changed);
    for (QComboBox* box : {m_follow, m_encode})
        connect(box, &QComboBox::activated, this, &SettingsBox::changed);
    setAround({});
}

/// What a request does by itself stands in http::Request.
void SettingsBox::setAround(const std::optional<ConnectionPlace>& place)
{
    const collection::Settings unsaid;
    const collection::Settings& around = place ? place->settingsAround : unsaid;
    const http::Request usual;
    sayAround(m_timeout, place, around.timeout.value_or(0));
    sayAround(m_maximum, place, around.maximumRedirects.value_or(usual.maximumRedirects));
    sayAround(m_follow, place, around.followRedirects.value_or(true));
    sayAround(m_encode, place, around.encodeUrl.value_or(false));
}

void SettingsBox::setSettings(const collection::Settings& settings)
{
    put(m_timeout, settings.timeout);
    put(m_follow, settings.followRedirects);
    put(m_maximum, settings.maximumRedirects);
    put(m_encode, settings.encodeUrl);
}

collection::Settings SettingsBox::settings() const
{
    return {numberOf(m_timeout), truthOf(m_follow), numberOf(m_maximum), truthOf(m_encode)};
}

SettingsPage::SettingsPage(DetailsForm* form, QWidget* parent)
    : QWidget(parent),
      m_form(form),
      m_box(new SettingsBox),
      m_tags(new QLineEdit),
      m_connection(new ConnectionBox),
      m_aboutConnection(captionLabel()),
      m_certificate(linkButton(tr("Client certificate…"), QStringLiteral("requestCertificate")))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::large, space::medium, space::large, space::medium);
    column->setSpacing(space::small);
    column->addWidget(sectionTitle(tr("How it is sent")));
    column->addWidget(m_box);
    column->addSpacing(space::medium);
    addConnection(column);
    column->addSpacing(space::medium);
    column->addWidget(sectionTitle(tr("Tags")));
    setNames(m_tags, QStringLiteral("requestTags"), tr("Tags"));
    m_tags->setPlaceholderText(tr("smoke, slow"));
    column->addWidget(m_tags);
    column->addWidget(captionLabel(tr("With commas between. A run can choose by them.")));
    column->addStretch(1);
    connect(m_box, &SettingsBox::changed, this, [this] { m_form->setSettings(m_box->settings()); });
    connect(m_tags, &QLineEdit::textEdited, this,
            [this](const QString& text) { m_form->setTags(tagsIn(toUtf8(text))); });
}

void SettingsPage::showEvent(QShowEvent* event)
{
    alignLabels(this); // here the labels have the font that they are shown in
    QWidget::showEvent(event);
}

void SettingsPage::addConnection(QVBoxLayout* column)
{
    column->addWidget(sectionTitle(tr("How its server is reached")));
    column->addWidget(m_connection);
    m_aboutConnection->setWordWrap(true);
    column->addWidget(m_aboutConnection);
    column->addLayout(leftLine({m_certificate}));
    connect(m_certificate, &QPushButton::clicked, this, &SettingsPage::certificateRequested);
    connect(m_connection, &ConnectionBox::edited, this, [this] {
        if (const auto edit = m_connection->edit()) {
            Q_EMIT connectionEdited(*edit);
            m_connection->settle();
        }
    });
    setConnection({});
}

void SettingsPage::setConnection(const std::optional<ConnectionPlace>& place)
{
    m_connection->setPlace(place.value_or(ConnectionPlace()));
    m_box->setAround(place);
    m_connection->setEnabled(place.has_value());
    m_certificate->setEnabled(place.has_value());
    m_aboutConnection->setText(
        place ? tr("Written into .claimcheck/connections.yaml at once. Undo takes it back.")
              : tr("Save the request first: this is written for its file."));
}

bool SettingsPage::hasUnfinishedConnection() const
{
    return m_connection->edit().has_value();
}

void SettingsPage::sayConnectionProblem(const Error& error)
{
    m_connection->say(error);
}

void SettingsPage::reload()
{
    m_box->setSettings(m_form->details().settings);
    if (tagsIn(toUtf8(m_tags->text())) != m_form->details().tags)
        m_tags->setText(joinedTags(m_form->details().tags));
}

} // namespace claimcheck::ui
